import { BytesError, DecodeError } from '@messlatte/bytes'
import type { DamageNote } from '@messlatte/model'
import { FormatError } from './contract.ts'

/** Undefined where a reader threw what readers throw about bytes. */
export function safely<T>(attempt: () => T): T | undefined {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof FormatError || error instanceof DecodeError || error instanceof BytesError)
      return undefined
    throw error
  }
}

/** What a decoder says is wrong, as it is told of a path. */
export function damageCode(code: DecodeError['code']): DamageNote['code'] {
  switch (code) {
    case 'truncated':
    case 'checksum':
    case 'unsupported':
      return code
    case 'corrupt':
    case 'output-full':
      return 'structure'
  }
}
