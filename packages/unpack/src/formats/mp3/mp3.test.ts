import { inlaySuite } from '../../testing/inlays.ts'
import { mp3 } from './index.ts'

inlaySuite(mp3, ['tone.mp3', 'tagged.mp3', 'old-tag.mp3'])
