import { inlaySuite } from '../../testing/inlays.ts'
import { ogg } from './index.ts'

inlaySuite(ogg, ['tone.opus', 'tone.ogg'])
