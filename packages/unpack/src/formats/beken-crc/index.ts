import { type ContainerFormat, FormatError } from '../../contract.ts'
import { copyStretch, program, wrapped } from '../members.ts'
import { coefficientsOf, decryptCode, type EncryptedCode, findCode, readPlain } from './code.ts'
import { DATA, endOfGroups, GROUP } from './groups.ts'

const STEP = GROUP * 4096
const CODE_STEP = DATA * 4096

/** The whole flash, or a program in it. */
type BekenPlan = EncryptedCode | 'flash'

export const bekenCrc: ContainerFormat<BekenPlan> = {
  kind: 'container',
  name: 'beken-crc',
  title: 'Flash of Beken chips, with its CRCs',
  references: ['ltchiptool and LibreTiny documentation, "BK72xx"', 'bk7231tools, crypto/code.py'],
  limits: [
    'encrypted programs are decrypted where boot loader and application begin in layouts of Tuya (0x0 and 0x11000 of the flash), and begin with the vectors of an ARM9',
  ],
  magic: [],
  spreads: true,
  carve: false,

  recognise(bytes, at) {
    const end = endOfGroups(bytes, at)
    return end === undefined ? undefined : { start: at, end }
  },

  *open(bytes, { start, end }, _problem, keys) {
    yield { cost: end - start, entries: 1, plan: 'flash' }
    for (const code of findCode(bytes, start, end, keys))
      yield { cost: code.end - code.start, entries: 1, plan: code }
  },

  read(bytes, { start, end }, plan, sink) {
    if (plan === 'flash') {
      sink.stream(wrapped('flash'), (write) => {
        for (let at = start; at < end; at += STEP) {
          const raw = new Uint8Array(Math.min(STEP, end - at))
          copyStretch(bytes, at, raw)
          for (let from = 0; from < raw.length; from += GROUP) write(raw.subarray(from, from + DATA))
        }
        return { end, checksum: 'matches' }
      })
      return
    }
    const name = `code-0x${plan.start.toString(16).padStart(8, '0')}.bin`
    sink.file(program(name), plan.end - plan.start, (out) => {
      const coefficients = coefficientsOf(plan.key, sink.keys)
      if (!coefficients) throw new FormatError('unsupported', 'its key is not there')
      for (let at = plan.start; at < plan.end; at += CODE_STEP) {
        const piece = readPlain(bytes, start, at, Math.min(CODE_STEP, plan.end - at))
        out.set(decryptCode(coefficients, at, piece), at - plan.start)
      }
    })
  },
}
