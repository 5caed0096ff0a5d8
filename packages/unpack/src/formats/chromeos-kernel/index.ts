import type { ContainerFormat } from '../../contract.ts'
import { announced, asProgram, type StoredMember, storedAsIs } from '../members.ts'
import { type ChromeosKernel, MAGIC, parseChromeosKernel } from './parse.ts'

export const chromeosKernel: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'chromeos-kernel',
  title: 'ChromeOS kernel partition (vboot: OnHub, Google Wifi and Chromebooks)',
  references: [
    'vboot_reference, firmware/2lib/include/2struct.h',
    'OpenWrt firmware-utils, src/cros-vbutil.c',
  ],
  limits: ['the signatures are shown, not verified'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const image = parseChromeosKernel(bytes, at)
    return image && { start: at, end: Math.min(image.end, bytes.size) }
  },

  ...storedAsIs(function* (bytes, { start }, problem) {
    const { keyblock, preamble, kernel } = parseChromeosKernel(bytes, start) as ChromeosKernel
    yield announced(bytes, 'keyblock', keyblock, problem)
    yield announced(bytes, 'preamble', preamble, problem)
    yield asProgram(announced(bytes, 'kernel', kernel, problem))
  }),
}
