import { describe } from 'vitest'
import { streamSuite } from '../../testing/streams.ts'
import { bzip2 } from './index.ts'

describe('bzip2', () => {
  streamSuite(bzip2, () => true)
})
