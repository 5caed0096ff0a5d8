import { inlaySuite } from '../../testing/inlays.ts'
import { javaClass } from './index.ts'

inlaySuite(javaClass)
