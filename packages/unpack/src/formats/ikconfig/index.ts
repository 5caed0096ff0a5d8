import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { type StoredMember, storedAsIs, wrapped } from '../members.ts'
import { type Ikconfig, parseIkconfig, START } from './parse.ts'

export const ikconfig: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'ikconfig',
  title: 'Configuration within a Linux kernel (IKCONFIG)',
  references: ['Linux kernel, kernel/configs.c', 'Linux kernel, scripts/extract-ikconfig'],
  limits: [],
  magic: [{ bytes: `${START}\x1f\x8b\x08`, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const found = parseIkconfig(bytes, at)
    return found && { start: at, end: found.end }
  },

  ...storedAsIs(membersOf),
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { config, cut } = parseIkconfig(bytes, start) as Ikconfig
  if (cut) problem('truncated', 'the mark of its end is not there', 'config')
  yield { meta: wrapped('config'), content: config }
}
