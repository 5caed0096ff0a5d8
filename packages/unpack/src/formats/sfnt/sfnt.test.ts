import { inlaySuite } from '../../testing/inlays.ts'
import { sfnt } from './index.ts'

inlaySuite(sfnt, ['box.otf', 'box.ttf'])
