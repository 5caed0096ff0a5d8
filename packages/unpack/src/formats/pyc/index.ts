import { Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'
import { marshalEnd } from './marshal.ts'
import { type PycKind, pycKindOf, RELEASES } from './releases.ts'

export const pyc = inlay(
  {
    name: 'pyc',
    title: 'Compiled Python',
    references: ['CPython, Python/marshal.c', 'CPython, Lib/importlib/_bootstrap_external.py', 'PEP 552'],
    limits: ['of Python 2.7 and 3.4 to 3.14', 'nothing is read but lengths'],
    magic: RELEASES.map(({ word }) => ({
      bytes: `${String.fromCharCode(word & 0xff, word >>> 8)}\r\n`,
      at: 0,
    })),
    carve: true,
  },
  (bytes, at) => {
    const word = new Reader(bytes.view(at, 2), 'little').u16()
    const kind: PycKind | undefined = pycKindOf(word)
    return kind && marshalEnd(bytes, at + kind.header, kind)
  },
)
