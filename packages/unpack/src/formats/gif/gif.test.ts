import { inlaySuite } from '../../testing/inlays.ts'
import { gif } from './index.ts'

inlaySuite(gif)
