import { type Command, Option } from 'commander'
import type { DocumentFlags, DocumentKind } from '../commands/document.ts'
import { asOf, type End, language } from './options.ts'

const KINDS: Readonly<Record<DocumentKind, string>> = {
  'technical-file': 'technical documentation in the order of Annex VII of the Cyber Resilience Act',
  declaration: 'a declaration for the maker to sign: EU (--under), or for the United Kingdom',
  'test-plan': 'what a laboratory still has to do by TS 103 701, by case and unit',
}

/** `messlatte document`: what it takes. */
export function addDocument(parent: Command, end: End): void {
  const document = parent
    .command('document')
    .description(
      'drafts of documents from a project folder, as DOCX, PDF or (test plan) XLSX; gaps are shown as gaps',
    )
  for (const [kind, description] of Object.entries(KINDS) as [DocumentKind, string][]) {
    const command = document
      .command(kind)
      .description(description)
      .argument('<DIR>', 'what messlatte init made; papers.json says what no firmware shows')
      .requiredOption(
        '-o, --output <FILE>',
        kind === 'test-plan' ? 'where it goes: .docx, .pdf or .xlsx' : 'where it goes: .docx or .pdf',
      )
      .addOption(asOf())
      .addOption(language())
      .addHelpText('after', `\nExit codes: 0 written, 2 could not be done.\n\nExamples:\n${EXAMPLES[kind]}`)
    if (kind === 'declaration') {
      command.addOption(
        new Option(
          '--under <RULE[,RULE]>',
          'law that is declared under: eu-cra-2027, eu-red-2025 or both; or uk-psti',
        ).makeOptionMandatory(),
      )
    }
    command.action(async (folder: string, flags: DocumentFlags) => {
      const { documentCommand } = await import('../commands/document.ts')
      end(await documentCommand(kind, folder, flags))
    })
  }
}

const EXAMPLES: Readonly<Record<DocumentKind, string>> = {
  'technical-file': `  messlatte document technical-file conformity -o technical-file.docx
  messlatte document technical-file conformity --lang de --as-of 2027-12-11 -o akte.pdf`,
  declaration: `  messlatte document declaration conformity --under eu-cra-2027,eu-red-2025 -o declaration.docx
  messlatte document declaration conformity --under uk-psti -o statement.pdf`,
  'test-plan': `  messlatte document test-plan conformity -o plan.xlsx
  messlatte document test-plan conformity --lang de -o plan.pdf`,
}
