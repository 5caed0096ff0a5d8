import type { LeafFormat } from '../../contract.ts'
import { type MachO, parseMachO } from './parse.ts'

export const macho: LeafFormat = {
  kind: 'leaf',
  name: 'macho',
  title: 'Mach-O (programs and libraries of macOS and iOS)',
  references: ['Apple, mach-o/loader.h and mach/machine.h (cctools)'],
  limits: [
    'what is appended behind the last segment, table or signature is not part of it',
    'signatures are not checked',
  ],
  magic: ['\xce\xfa\xed\xfe', '\xcf\xfa\xed\xfe', '\xfe\xed\xfa\xce', '\xfe\xed\xfa\xcf'].map((bytes) => ({
    bytes,
    at: 0,
  })),
  carve: true,

  recognise(bytes, at) {
    const program = parseMachO(bytes, at)
    return program && { start: at, end: Math.min(at + program.size, bytes.size) }
  },

  examine(bytes, { start, end }, problem) {
    const { size } = parseMachO(bytes, start) as MachO
    if (start + size > end) problem('truncated', `${size} bytes are announced, ${end - start} are there`)
  },
}
