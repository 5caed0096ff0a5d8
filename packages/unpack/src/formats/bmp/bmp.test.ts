import { inlaySuite } from '../../testing/inlays.ts'
import { bmp } from './index.ts'

inlaySuite(bmp)
