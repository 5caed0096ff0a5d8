import { inlaySuite } from '../../testing/inlays.ts'
import { woff } from './index.ts'

inlaySuite(woff)
