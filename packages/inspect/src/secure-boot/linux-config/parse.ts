/** A kernel's configuration, as its build writes it. Linux kernel, Documentation/kbuild/kconfig.rst. */
export interface KernelConfig {
  /** `6.1.0`, as the first lines tell it; byte string. */
  readonly version: string
  /**
   * By option, without `CONFIG_`: `y`, `m`, `n` where the file says that it is not set, a number, or a string without its
   * quotes; byte strings. An option that this kernel does not know has no value.
   */
  readonly values: ReadonlyMap<string, string>
}

/** Characters at the start in which the sentence stands that tells a kernel's configuration from others of this form. */
const HEAD = 512
const SENTENCE = /^# Linux\/\S{1,40} (\S{1,80}) Kernel Configuration$/m
/** Before Linux 2.6.38. */
const OLD_SENTENCE = /^# Linux kernel version: (\S{1,80})$/m
const LINE = /^(?:CONFIG_([A-Z0-9_]{1,100})=(.{1,2100})|# CONFIG_([A-Z0-9_]{1,100}) is not set)$/gim
/** Lines; distributions have some 9,000. */
const MOST_VALUES = 30_000

/** The configuration in a text, or undefined where it is that of something else, such as U-Boot or BusyBox. */
export function parseKernelConfig(text: string): KernelConfig | undefined {
  const head = text.slice(0, HEAD)
  const version = (SENTENCE.exec(head) ?? OLD_SENTENCE.exec(head))?.[1]
  if (version === undefined) return undefined
  const values = new Map<string, string>()
  for (const [, name, value = '', unset = ''] of text.matchAll(LINE)) {
    if (name === undefined) values.set(unset, 'n')
    else values.set(name, unquoted(value))
    if (values.size >= MOST_VALUES) break
  }
  return values.size === 0 ? undefined : { version, values }
}

function unquoted(value: string): string {
  const inside = /^"(.*)"$/.exec(value)?.[1]
  return inside === undefined ? value : inside.replace(/\\(["\\])/g, '$1')
}
