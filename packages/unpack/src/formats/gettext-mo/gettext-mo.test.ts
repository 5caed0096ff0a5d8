import { inlaySuite } from '../../testing/inlays.ts'
import { gettextMo } from './index.ts'

inlaySuite(gettextMo)
