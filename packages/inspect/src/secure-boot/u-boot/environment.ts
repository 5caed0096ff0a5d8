import type { EnvironmentFact } from './facts.ts'

/** Variables, `name=value` each. U-Boot documentation, Environment Variables. */
export function readEnvironment(
  lines: readonly string[],
  offset: number,
  length: number,
): EnvironmentFact | undefined {
  const values = new Map<string, string>()
  for (const line of lines) {
    const equals = line.indexOf('=')
    if (equals > 0) values.set(line.slice(0, equals), line.slice(equals + 1))
  }
  if (values.size === 0) return undefined
  const delay = values.get('bootdelay')
  const verify = values.get('verify')
  const scripts = /(?:^|[\s;])source\s|boot_scripts|boot\.scr/
  return {
    offset,
    length,
    bootdelay: delay !== undefined && /^-?\d{1,6}$/.test(delay) ? Number(delay) : undefined,
    // env/common.c, env_get_yesno.
    verifyOff: verify !== undefined && !/^[1yYtT]/.test(verify),
    hasBootcmd: values.has('bootcmd'),
    runsScripts: [...values].some(([name, value]) => scripts.test(value) || name === 'boot_scripts'),
  }
}
