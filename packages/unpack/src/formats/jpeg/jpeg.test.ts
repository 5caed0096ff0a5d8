import { inlaySuite } from '../../testing/inlays.ts'
import { jpeg } from './index.ts'

inlaySuite(jpeg)
