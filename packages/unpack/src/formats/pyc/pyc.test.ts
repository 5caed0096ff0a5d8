import { inlaySuite } from '../../testing/inlays.ts'
import { pyc } from './index.ts'

inlaySuite(pyc)
