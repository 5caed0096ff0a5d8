import { inlaySuite } from '../../testing/inlays.ts'
import { pdf } from './index.ts'

inlaySuite(pdf, ['table.pdf', 'stream.pdf', 'web.pdf', 'changed.pdf'])
