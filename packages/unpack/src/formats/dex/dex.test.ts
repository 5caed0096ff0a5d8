import { inlaySuite } from '../../testing/inlays.ts'
import { dex } from './index.ts'

inlaySuite(dex)
