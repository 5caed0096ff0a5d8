import { inlaySuite } from '../../testing/inlays.ts'
import { riff } from './index.ts'

inlaySuite(riff)
