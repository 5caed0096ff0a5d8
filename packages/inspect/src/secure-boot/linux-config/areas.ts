import type { KernelConfig } from './parse.ts'

/** What a configuration comes to in one matter. */
export interface Area {
  readonly area: 'modules' | 'kexec' | 'memory' | 'lockdown' | 'integrity' | 'debug'
  readonly state: AreaState
  /** Options that decide it, with their values; `unknown` to this kernel where they have none. */
  readonly options: Readonly<Record<string, string>>
}

export type AreaState =
  | 'modules-none'
  | 'modules-forced'
  | 'modules-optional'
  | 'modules-weak-hash'
  | 'modules-unverified'
  | 'kexec-none'
  | 'kexec-verified'
  | 'kexec-under-lockdown'
  | 'kexec-unverified'
  | 'memory-closed'
  | 'memory-strict'
  | 'memory-open'
  | 'lockdown-forced'
  | 'lockdown-optional'
  | 'lockdown-none'
  | 'integrity-some'
  | 'integrity-none'
  | 'debug-serial'
  | 'debug-some'
  | 'debug-none'

type On = (option: string) => boolean

const OPTIONS: Readonly<Record<Area['area'], readonly string[]>> = {
  modules: [
    'MODULES',
    'MODULE_SIG',
    'MODULE_SIG_FORCE',
    'MODULE_SIG_ALL',
    'MODULE_SIG_HASH',
    'MODULE_SIG_KEY',
  ],
  kexec: ['KEXEC', 'KEXEC_FILE', 'KEXEC_SIG', 'KEXEC_SIG_FORCE', 'KEXEC_VERIFY_SIG'],
  memory: ['DEVMEM', 'STRICT_DEVMEM', 'IO_STRICT_DEVMEM', 'DEVKMEM'],
  lockdown: [
    'SECURITY_LOCKDOWN_LSM',
    'SECURITY_LOCKDOWN_LSM_EARLY',
    'LOCK_DOWN_KERNEL_FORCE_INTEGRITY',
    'LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY',
    'LOCK_DOWN_IN_EFI_SECURE_BOOT',
  ],
  integrity: [
    'DM_VERITY',
    'DM_VERITY_VERIFY_ROOTHASH_SIG',
    'FS_VERITY',
    'FS_VERITY_BUILTIN_SIGNATURES',
    'IMA',
    'IMA_APPRAISE',
    'IMA_ARCH_POLICY',
    'EVM',
    'SYSTEM_TRUSTED_KEYS',
  ],
  debug: ['DEBUG_FS', 'KGDB', 'KGDB_SERIAL_CONSOLE', 'MAGIC_SYSRQ', 'MAGIC_SYSRQ_SERIAL'],
}
/** Digests that are no longer taken for signatures; SOG-IS Agreed Cryptographic Mechanisms 1.3, section 3. */
const WEAK_HASH = /^(?:md4|md5|sha1)$/i

/** Every matter that decides how far a verified start reaches into the running system. */
export function areasOf({ values }: KernelConfig): readonly Area[] {
  const on: On = (option) => values.get(option) === 'y' || values.get(option) === 'm'
  const area = (name: Area['area'], state: AreaState): Area => ({
    area: name,
    state,
    options: Object.fromEntries(OPTIONS[name].map((option) => [option, values.get(option) ?? 'unknown'])),
  })
  return [
    area('modules', modules(on, values.get('MODULE_SIG_HASH') ?? '')),
    area('kexec', kexec(on)),
    area('memory', memory(on, values.has('DEVMEM'))),
    area('lockdown', lockdown(on)),
    area('integrity', integrity(on)),
    area('debug', debug(on)),
  ]
}

function isForced(on: On): boolean {
  return on('LOCK_DOWN_KERNEL_FORCE_INTEGRITY') || on('LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY')
}

function hasLockdown(on: On): boolean {
  return on('SECURITY_LOCKDOWN_LSM') || on('LOCK_DOWN_KERNEL')
}

function modules(on: On, hash: string): AreaState {
  if (!on('MODULES')) return 'modules-none'
  if (!on('MODULE_SIG')) return 'modules-unverified'
  if (WEAK_HASH.test(hash)) return 'modules-weak-hash'
  return on('MODULE_SIG_FORCE') || isForced(on) ? 'modules-forced' : 'modules-optional'
}

function kexec(on: On): AreaState {
  if (!on('KEXEC') && !on('KEXEC_FILE')) return 'kexec-none'
  const verified = on('KEXEC_SIG_FORCE') || (on('KEXEC_SIG') && isForced(on)) || on('KEXEC_VERIFY_SIG')
  if (verified && (!on('KEXEC') || isForced(on))) return 'kexec-verified'
  return hasLockdown(on) ? 'kexec-under-lockdown' : 'kexec-unverified'
}

/** Kernels that do not know the option always have the device. */
function memory(on: On, hasOption: boolean): AreaState {
  if (hasOption && !on('DEVMEM') && !on('DEVKMEM')) return 'memory-closed'
  if (on('STRICT_DEVMEM') && !on('DEVKMEM')) return 'memory-strict'
  return isForced(on) ? 'memory-strict' : 'memory-open'
}

function lockdown(on: On): AreaState {
  if (isForced(on)) return 'lockdown-forced'
  return hasLockdown(on) ? 'lockdown-optional' : 'lockdown-none'
}

function integrity(on: On): AreaState {
  return ['DM_VERITY', 'FS_VERITY', 'IMA_APPRAISE'].some(on) ? 'integrity-some' : 'integrity-none'
}

function debug(on: On): AreaState {
  if (on('KGDB_SERIAL_CONSOLE')) return 'debug-serial'
  return on('DEBUG_FS') || on('KGDB') || on('MAGIC_SYSRQ_SERIAL') ? 'debug-some' : 'debug-none'
}

/** Whether unsigned modules are refused by the build alone. */
export function forcesModules({ values }: KernelConfig): boolean {
  const state = modules((option) => values.get(option) === 'y', values.get('MODULE_SIG_HASH') ?? '')
  return state === 'modules-none' || state === 'modules-forced'
}
