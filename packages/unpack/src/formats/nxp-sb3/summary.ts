import { nxpCertificateSummary } from '../nxp-certificates.ts'
import type { Sb3Command } from './commands.ts'
import type { Sb3 } from './parse.ts'

/** What the file says in clear. */
export function summaryOf({
  firmwareVersion,
  by,
  created,
  description,
  blocks,
  hash,
  certificates,
  signature,
}: Sb3): object {
  return {
    version: '3.1',
    description,
    by,
    firmwareVersion,
    created,
    blocks,
    hash,
    certificates: nxpCertificateSummary(certificates),
    signatureBytes: signature.length,
  }
}

export function commandsText(commands: readonly Sb3Command[]): readonly object[] {
  return commands.map((command, index) => {
    const { name, address, length, words, content } = command
    return { command: name, address, length, words, content: content && contentName(command, index) }
  })
}

/** By its place in the list of commands, because several may go to one address. */
export function contentName({ name, address, content }: Sb3Command, index: number): string {
  const end = content?.packed ? 'lzma' : 'bin'
  return `${name}-${index}-0x${address.toString(16).padStart(8, '0')}.${end}`
}
