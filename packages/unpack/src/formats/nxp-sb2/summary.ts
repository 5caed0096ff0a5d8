import { nxpCertificateSummary } from '../nxp-certificates.ts'
import type { Sb2Command } from './commands.ts'
import type { Sb2 } from './parse.ts'

/** What the file says in clear. */
export function summaryOf(file: Sb2): object {
  const { flags, firstSection, productVersion, componentVersion, buildNumber, created } = file
  return {
    version: '2.1',
    flags,
    firstSection,
    productVersion,
    componentVersion,
    buildNumber,
    created,
    certificates: nxpCertificateSummary(file.certificates),
    signatureBytes: file.signature.length,
  }
}

export function commandsText(commands: readonly Sb2Command[]): readonly object[] {
  return commands.map(({ content, section, name, flags, address, count, data }, index) => ({
    section,
    command: name,
    flags,
    address,
    ...(content ? { content: loadName(address, index) } : { count, data }),
  }))
}

/** By its place in the list of commands, because several may go to one address. */
export function loadName(address: number, index: number): string {
  return `load-${index}-0x${address.toString(16).padStart(8, '0')}.bin`
}
