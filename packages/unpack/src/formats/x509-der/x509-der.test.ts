import { inlaySuite } from '../../testing/inlays.ts'
import { x509Der } from './index.ts'

inlaySuite(x509Der)
