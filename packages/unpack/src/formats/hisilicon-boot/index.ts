import type { ContainerFormat } from '../../contract.ts'
import { jsonText, showText } from '../members.ts'
import { EARLIER, endOf, LATER, parseHisiliconBoot, type RegisterEntry } from './parse.ts'

export const hisiliconBoot: ContainerFormat<null> = {
  kind: 'container',
  name: 'hisilicon-boot',
  title: 'Start of a boot loader for HiSilicon and Goke chips (with its table of registers)',
  references: [
    'U-Boot of Goke (github.com/OpenIPC/u-boot-gk7205v200), arch/arm/cpu/armv7/gk7205v200: start.S, init_registers.c, Makefile',
    'U-Boot 2010.06 of HiSilicon, start.S, and mkboot.sh of its tools',
  ],
  limits: [
    'it ends with the table: how long the boot loader behind it is stands nowhere; U-Boot, packed in it, is found by what it is',
    'boot loaders that begin with a signature (secure boot) are not recognised',
  ],
  recognisedOnly: 'the compilers and tables of the makers are not free to use here: made by a script',
  magic: [LATER, EARLIER],
  carve: true,

  recognise(bytes, at) {
    const entries = parseHisiliconBoot(bytes, at)
    return entries && { start: at, end: endOf(at, entries) }
  },

  open: () => [{ cost: 0, entries: 1, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const entries = parseHisiliconBoot(bytes, start) as readonly RegisterEntry[]
    const hex = (value: number) => `0x${value.toString(16).padStart(8, '0')}`
    const list = entries.map(({ address, value, delay, attributes }) => ({
      ...(address === 0 ? {} : { address: hex(address), value: hex(value), attributes: hex(attributes) }),
      ...(delay === 0 ? {} : { delay }),
    }))
    showText('registers.json', jsonText(list), sink)
  },
}
