import { inlaySuite } from '../../testing/inlays.ts'
import { png } from './index.ts'

inlaySuite(png)
