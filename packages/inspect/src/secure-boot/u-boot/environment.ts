import type { EnvironmentFact, Variable } from './facts.ts'

/** What decides which system is started after an update, in U-Boot itself, RAUC, SWUpdate, Mender and boards of makers. */
const OF_UPDATES =
  /^(?:boot(?:limit|count|cmd)|altbootcmd|upgrade_available|ustate|BOOT_[\w.-]{1,40}|mender_boot_part)$|slot|bank|side|active|recovery|rescue/i
const MOST_OF_UPDATES = 64
/** Characters. */
const MOST_VALUE = 4096
const MOST_VARIABLES = 4096

/** Variables, `name=value` each, one character between them. U-Boot documentation, Environment Variables. */
export function readEnvironment(
  text: string,
  separator: string,
  offset: number,
): EnvironmentFact | undefined {
  const variables = readVariables(text, separator, offset)
  if (variables.length === 0) return undefined
  const values = new Map(variables.map(({ name, value }) => [name, value]))
  const delay = values.get('bootdelay')
  const verify = values.get('verify')
  const scripts = /(?:^|[\s;])source\s|boot_scripts|boot\.scr/
  return {
    offset,
    length: text.length,
    bootdelay: delay !== undefined && /^-?\d{1,6}$/.test(delay) ? Number(delay) : undefined,
    // env/common.c, env_get_yesno.
    verifyOff: verify !== undefined && !/^[1yYtT]/.test(verify),
    hasBootcmd: values.has('bootcmd'),
    runsScripts: [...values].some(([name, value]) => scripts.test(value) || name === 'boot_scripts'),
    ofUpdates: variables
      .filter(({ name, value }) => OF_UPDATES.test(name) && value.length <= MOST_VALUE)
      .slice(0, MOST_OF_UPDATES),
  }
}

function readVariables(text: string, separator: string, from: number): readonly Variable[] {
  const variables: Variable[] = []
  let offset = from
  for (const entry of text.split(separator, MOST_VARIABLES)) {
    const equals = entry.indexOf('=')
    if (equals > 0) {
      const [name, value] = [entry.slice(0, equals), entry.slice(equals + 1)]
      variables.push({ name, value, offset, length: entry.length })
    }
    offset += entry.length + 1
  }
  return variables
}
