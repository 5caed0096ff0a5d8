import { inlaySuite } from '../../testing/inlays.ts'
import { tzif } from './index.ts'

inlaySuite(tzif)
