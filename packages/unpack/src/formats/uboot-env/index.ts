import type { ContainerFormat } from '../../contract.ts'
import { layoutsOfCommandLine } from '../../layout/mtdparts.ts'
import { jsonText, showText, wrapped } from '../members.ts'
import { parseUbootEnv, seekUbootEnv, type UbootEnv } from './parse.ts'

export const ubootEnv: ContainerFormat<undefined> = {
  kind: 'container',
  name: 'uboot-env',
  title: 'U-Boot environment (single and redundant)',
  references: ['U-Boot, include/env_internal.h', 'U-Boot documentation, Environment Variables'],
  limits: [
    'found at multiples of 512 bytes only, and where what is known ends; sizes are multiples of 256 bytes, up to 512 KiB',
    'an environment whose CRC differs is not recognised: U-Boot would not take it either',
  ],
  magic: [],
  candidates: seekUbootEnv,
  carve: false,

  recognise(bytes, at) {
    const environment = parseUbootEnv(bytes, at)
    return environment && { start: at, end: at + environment.size }
  },

  layouts(bytes, { start }) {
    return parseUbootEnv(bytes, start)?.variables.flatMap(([, value]) => layoutsOfCommandLine(value)) ?? []
  },

  *open() {
    yield { cost: 0, entries: 2, plan: undefined }
  },

  read(bytes, { start }, _plan, sink) {
    const { size, flag, variables } = parseUbootEnv(bytes, start) as UbootEnv
    const lines = variables.map(([name, value]) => `${name}=${value}\n`).join('')
    const text = Buffer.from(lines, 'latin1')
    sink.file(wrapped('environment.txt'), text.length, (out) => out.set(text))
    if (flag !== undefined) showText('environment.json', jsonText({ size, flag }), sink)
  },
}
