import type { Word } from './words.ts'

/** What a word does to the chain. */
export type Meaning =
  /** Names or describes what dm-verity verifies. */
  | 'verity'
  | 'enforces-modules'
  | 'lockdown'
  | 'appraises'
  /** Another program than the system's is started first. */
  | 'init'
  | 'console'
  | 'verity-off'
  | 'verity-ignored'
  | 'appraisal-off'
  | 'memory-open'
  | 'shell'
  | 'single'
  | 'debugger'

const SHELL = /\/(?:ba|a|da)?sh$/
const VERITY_NAMES =
  /^(?:roothash|usrhash|systemd\.verity_(?:root|usr)_(?:data|hash|options)|rootfsverity|verity\.\w+|androidboot\.veritymode|androidboot\.vbmeta\.digest)$/
const OFF = /^(?:0|no|off|false)$/

/** All meanings of a word; most words have none. */
export function meaningsOf({ name, value = '', text }: Word): readonly Meaning[] {
  const found: Meaning[] = []
  const when = (condition: boolean, meaning: Meaning) => {
    if (condition) found.push(meaning)
  }
  const isTable = /^(?:dm_mod\.create|dm)$/.test(name) && /\bverity\b/.test(value)
  when(VERITY_NAMES.test(name) || isTable, 'verity')
  when(name === 'module.sig_enforce' && !OFF.test(value), 'enforces-modules')
  when(name === 'lockdown' && /^(?:integrity|confidentiality)$/.test(value), 'lockdown')
  when(name === 'ima_appraise' && value === 'enforce', 'appraises')
  when(name === 'ima_policy' && /\b(?:appraise_tcb|secure_boot)\b/.test(value), 'appraises')
  when(name === 'console', 'console')
  when(/^(?:rd)?\.?init$/.test(name) && value !== '' && !SHELL.test(value), 'init')

  when(/^(?:rd\.)?systemd\.verity$/.test(name) && OFF.test(value), 'verity-off')
  when(name === 'androidboot.veritymode' && /^(?:disabled|logging)$/.test(value), 'verity-off')
  const ignores = /\bignore[-_]corruption\b/.test(value)
  when(ignores && (isTable || name.startsWith('systemd.verity_')), 'verity-ignored')
  when(name === 'ima_appraise' && /^(?:off|log|fix)$/.test(value), 'appraisal-off')
  when(name === 'evm' && value === 'fix', 'appraisal-off')
  when(text === 'iomem=relaxed', 'memory-open')

  when(/^(?:rd)?init$/.test(name) && SHELL.test(value), 'shell')
  when(/^(?:rd\.)?systemd\.debug_shell$/.test(name) && !OFF.test(value), 'shell')
  when(name === 'rd.break', 'shell')
  when(/^(?:single|emergency|rescue|S|1)$/.test(text), 'single')
  when(/^(?:rd\.)?systemd\.unit$/.test(name) && /^(?:rescue|emergency)\.target$/.test(value), 'single')
  when(/^(?:kgdboc|kgdbcon|kgdbwait)$/.test(name), 'debugger')
  return found
}
