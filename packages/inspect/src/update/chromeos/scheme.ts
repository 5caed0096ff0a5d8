import type { UpdateScheme } from '../package/scheme.ts'

export const CHROMEOS: UpdateScheme = {
  name: 'chromeos',
  it: { en: 'The ChromeOS kernel', de: 'Der ChromeOS-Kernel' },
  of: { en: 'of the ChromeOS kernel', de: 'des ChromeOS-Kernels' },
  repeat: 'vbutil_kernel --verify KERNEL --signpubkey KEY.vbpubk',
  chain: 'chromeos-vboot',
}
