import type { Trace } from './facts.ts'

/**
 * Sentences that ESP-IDF compiles in for one configuration only; functions and strings that nobody calls are not linked.
 * Source: components/bootloader_support/src (secure_boot.c, secure_boot_v1, secure_boot_v2, flash_encrypt.c) and
 * app_update. Their absence says nothing: a boot loader that logs less has none.
 */
const TRACES: readonly (readonly [Trace, string])[] = [
  ['boot-loader', '2nd stage bootloader'],
  ['enables-secure-boot-1', 'Generating new secure boot key...'],
  ['enables-secure-boot-2', 'enabling secure boot v2...'],
  ['enables-flash-encryption', 'Generating new flash encryption key...'],
  ['app-expects-secure-boot', 'Mismatch in secure boot settings: the app config is enabled but eFuse not'],
  ['app-takes-key-from-fuses', 'Take trusted digest key(s) from eFuse block(s)'],
  ['app-takes-key-from-itself', 'Take trusted digest key(s) from running app'],
  ['app-takes-key-from-itself', 'This app is not signed, but check signature on update is enabled in config'],
  ['app-checks-secure-version', 'New firmware security version is less than eFuse programmed'],
]

export function tracesIn(text: string): readonly Trace[] {
  return [...new Set(TRACES.filter(([, sentence]) => text.includes(sentence)).map(([trace]) => trace))]
}

/** A setting of ESP-IDF that leaves a door of the chip open. */
export interface OpenDoor {
  /** In the configuration of the build. */
  readonly setting: string
  readonly door:
    | 'jtag'
    | 'rom-basic'
    | 'download'
    | 'flash-reading'
    | 'flash-encrypting'
    | 'fuses'
    | 'no-enforcement'
}

/** The same for settings, each with the sentence that the boot loader prints for it. */
const SENTENCES: readonly (OpenDoor & { readonly sentence: string })[] = [
  {
    setting: 'CONFIG_SECURE_BOOT_ALLOW_JTAG',
    door: 'jtag',
    sentence: 'Not disabling JTAG - SECURITY COMPROMISED',
  },
  {
    setting: 'CONFIG_SECURE_BOOT_ALLOW_ROM_BASIC',
    door: 'rom-basic',
    sentence: 'Not disabling ROM BASIC fallback - SECURITY COMPROMISED',
  },
  {
    setting: 'CONFIG_SECURE_INSECURE_ALLOW_DL_MODE',
    door: 'download',
    sentence: 'UART ROM Download mode kept enabled - SECURITY COMPROMISED',
  },
  {
    setting: 'CONFIG_SECURE_BOOT_V2_ALLOW_EFUSE_RD_DIS',
    door: 'fuses',
    sentence: 'Allowing read disabling of additional efuses - SECURITY COMPROMISED',
  },
  {
    setting: 'CONFIG_SECURE_FLASH_UART_BOOTLOADER_ALLOW_DEC',
    door: 'flash-reading',
    sentence: 'Not disabling UART bootloader decryption - SECURITY COMPROMISED',
  },
  {
    setting: 'CONFIG_SECURE_FLASH_UART_BOOTLOADER_ALLOW_ENC',
    door: 'flash-encrypting',
    sentence: 'Not disabling UART bootloader encryption',
  },
]

export function doorsIn(
  text: string,
): readonly (OpenDoor & { readonly sentence: string; readonly at: number })[] {
  return SENTENCES.map((one) => ({ ...one, at: text.indexOf(one.sentence) })).filter(({ at }) => at >= 0)
}

/** Settings that are open doors where a configuration file switches them on. */
const IN_FILES: ReadonlyMap<string, OpenDoor['door']> = new Map([
  ...SENTENCES.map(({ setting, door }) => [setting, door] as const),
  ['CONFIG_SECURE_BOOT_INSECURE', 'no-enforcement'],
  ['CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT', 'flash-encrypting'],
])

/** Lines `CONFIG_X=y` of an sdkconfig that switch something off, with their offsets. */
export function doorsInFile(text: string): readonly (OpenDoor & { readonly at: number })[] {
  return [...text.matchAll(/^(CONFIG_SECURE_\w{1,80})=y\r?$/gm)].flatMap((match) => {
    const door = IN_FILES.get(match[1] as string)
    return door ? [{ setting: match[1] as string, door, at: match.index }] : []
  })
}
