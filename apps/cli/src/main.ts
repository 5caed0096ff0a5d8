import { PROFILE_IDS } from '@messlatte/conformity'
import type { Language } from '@messlatte/model'
import { SandboxError } from '@messlatte/unpack'
import { Command, CommanderError, Option } from 'commander'
import { type AssessFlags, assessCommand } from './commands/assess.ts'
import { type CheckCommandFlags, checkCommand } from './commands/check.ts'
import { type CompareReleasesFlags, compareReleasesCommand } from './commands/compare-releases.ts'
import { type CompareUnitsFlags, compareUnitsCommand } from './commands/compare-units.ts'
import { type DecideFlags, decideCommand } from './commands/decide.ts'
import { type ExplainFlags, explainCommand } from './commands/explain.ts'
import {
  type IndexAddFlags,
  type IndexListFlags,
  indexAddCommand,
  indexForgetCommand,
  indexListCommand,
  indexRemoveCommand,
} from './commands/index-of-secrets.ts'
import { type InitFlags, initCommand } from './commands/init.ts'
import { type PackFlags, packCommand, type VerifyPackFlags, verifyPackCommand } from './commands/pack.ts'
import { type ProfileDiffFlags, profileDiffCommand } from './commands/profile-diff.ts'
import { type SourcesFlags, sourcesCommand } from './commands/sources.ts'
import { type UnpackFlags, unpackCommand } from './commands/unpack.ts'
import { CliError } from './errors.ts'

const LANGUAGES: readonly Language[] = ['en', 'de']

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** What the product is: its identity and its traits. */
function addProduct(command: Command): Command {
  return command
    .option('--product <FILE>', 'JSON: maker, model, hardware, firmware, batch')
    .option('--maker <NAME>')
    .option('--model <NAME>')
    .option('--hardware <NAME>')
    .option('--firmware <VERSION>')
    .option('--batch <ID>')
    .option('--traits <FILE>', 'JSON: trait ids to true or false')
    .option('--trait <ID=BOOL>', 'one trait, repeatable', collect, [])
}

function addLimits(command: Command): Command {
  return command
    .option(
      '--key <FILE>',
      'key that decrypts what is encrypted for it, repeatable; never reported',
      collect,
      [],
    )
    .option('--memory <SIZE>', 'memory that reading may use, e.g. 2G (default: 4G)')
    .option('--limit-bytes <SIZE>', 'bytes of content to read at most (default: 16G)')
    .option('--limit-entries <N>', 'members of containers to read at most (default: 2000000)')
    .option('--limit-depth <N>', 'containers within containers (default: 16)')
    .option('--limit-ratio <N>', 'bytes out for each byte in, for contents over 256 MiB (default: 5000)')
    .option('--limit-seconds <N>', 'outer guard; what is not read by then is left out (default: 900)')
}

function program(end: (code: number) => void): Command {
  const messlatte = new Command('messlatte')
    .description(
      'May this IoT product, with this firmware, be placed on this market on this date? Answered with proof.',
    )
    .version(process.env.MESSLATTE_VERSION ?? '0.0.0')
    .showHelpAfterError('(messlatte --help, messlatte check --help)')
    .configureOutput({ outputError: (text, write) => write(`messlatte: ${text.replace(/^error: /, '')}`) })

  const check = messlatte
    .command('check')
    .description(
      'check a firmware release: files, a directory, a zip, an extracted root file system, or flasher_args.json',
    )
    .argument('<file...>', 'what belongs to the release')
    .option(
      '--profile <ID[,ID]>',
      `rules beside the baseline: ${PROFILE_IDS.join(', ')}, or files (.json); or an edition alone: baseline-2020, baseline-v3`,
      'de-2027',
    )
    .option('--as-of <DATE>', "calendar day in the market's zone (default: today)")
    .addOption(
      new Option('--fail-on <SCOPE>', 'what makes the exit code 1')
        .choices(['profile', 'baseline', 'open', 'never'])
        .default('profile'),
    )
  addProduct(check)
    .option(
      '--trust <FILE|DIGEST>',
      'public key or certificate that you trust, or the SHA-256 of a key as fuses hold it, repeatable',
      collect,
      [],
    )
    .option(
      '--fuses <FILE>',
      'read-out of one unit (espefuse summary, hab_status, fuse read, STM32 option bytes), repeatable',
      collect,
      [],
    )
    .option('--fuses-by <NAME>', 'who took the read-out')
    .option('--fuses-on <DATE>', 'the day on which it was taken')
    .option(
      '--guesses <N>',
      'work to spend on passwords in each file, counted in tries of md5crypt (DES 0.01, sha512 20, bcrypt cost 10 460)',
      '20000',
    )
    .option('--wordlist <FILE>', 'further passwords to try, one in a line, behind the ones that are built in')
    .option('--known-keys <FILE>', 'JSON: fingerprints of published keys, beside those that we know')
    .option(
      '--index',
      'also look secrets up in the index of this machine, and report those that another product has (--model names this one)',
      false,
    )
    .option('--reveal', 'show secrets in clear; the report says so', false)
    .option('--json <FILE>', 'write the result as JSON (- for standard output)')
    .option('--html <FILE>', 'write the report as one HTML file (- for standard output)')
    .option('--sarif <FILE>', 'write the findings as SARIF 2.1.0, for code hosts and editors')
    .option('--junit <FILE>', 'write the verdicts as JUnit XML, for CI servers')
    .option('--cyclonedx <FILE>', 'write components and evidence as CycloneDX 1.6')
    .option('--oscal <FILE>', 'write verdicts and evidence as OSCAL assessment results')
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .option('--quiet', 'no report on the terminal and no progress', false)
  addLimits(check)
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing in the scope of --fail-on fails or is contested, 1 something does, 2 could not be read or used wrongly.

Examples:
  messlatte check fw.bin
  messlatte check u-boot.dtb fw.itb --trust release-key.pem --html report.html
  messlatte check rootfs/ --maker Example --model R1 --trait constrained=false
  messlatte check build/flasher_args.json --json - | jq '.pillars'
  messlatte check fw.bin --profile de-2027,eu-red-2025,uk-psti --trait radio-equipment=true
  messlatte check fw.bin --profile ./our-tender.json
  messlatte check fw.bin --sarif findings.sarif --junit verdicts.xml --cyclonedx bom.json
  messlatte check fw.bin --profile de-2027 --as-of 2027-01-02 --fail-on baseline`,
    )
    .action(async (paths: readonly string[], flags: CheckCommandFlags) =>
      end(await checkCommand(paths, flags)),
    )

  const units = messlatte
    .command('compare-units')
    .description(
      'compare two or more units of one model: dumps of their memory, or the passwords on their labels',
    )
    .argument('[file...]', 'one dump for each unit: a file, or a directory of the files of its partitions')
    .option(
      '--labels <FILE>',
      'CSV of label passwords, one unit in a line; columns are found by their headers',
    )
    .option(
      '--release <FILE>',
      'the firmware that the units run: what of each dump is equal to it, repeatable',
      collect,
      [],
    )
    .option(
      '--unit <UNIT:mac=…,serial=…,ssid=…>',
      'what is public about a unit (its file name, or A, B, C … in their order), repeatable',
      collect,
      [],
    )
    .option(
      '--profile <ID[,ID]>',
      'rules of markets beside the baseline: de-2027; or an edition alone: baseline-2020, baseline-v3',
      'de-2027',
    )
    .option('--as-of <DATE>', "calendar day in the market's zone (default: today)")
    .addOption(
      new Option('--fail-on <SCOPE>', 'what makes the exit code 1')
        .choices(['profile', 'baseline', 'open', 'never'])
        .default('profile'),
    )
  addProduct(units)
    .option('--guesses <N>', 'work to spend on passwords in each file, counted in tries of md5crypt', '20000')
    .option(
      '--wordlist <FILE>',
      'further passwords to try on hashes, and words that passwords may be made of, one in a line',
    )
    .option('--json <FILE>', 'write the result as JSON (- for standard output)')
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .option('--quiet', 'no report on the terminal and no progress', false)
  addLimits(units)
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing in the scope of --fail-on fails or is contested, 1 something does, 2 could not be read or used wrongly.
Secrets are never shown: groups of units, forms, rules and probabilities are.

Examples:
  messlatte compare-units unit-a.bin unit-b.bin
  messlatte compare-units unit-a/ unit-b/ unit-c/ --release fw.bin --json result.json
  messlatte compare-units a.bin b.bin --unit A:mac=00:16:3E:40:12:00,serial=SN1 --unit B:mac=00:16:3E:40:12:08,serial=SN2
  messlatte compare-units --labels labels.csv --lang de
  messlatte compare-units a.bin b.bin --labels labels.csv --profile baseline-v3`,
    )
    .action(async (paths: readonly string[], flags: CompareUnitsFlags) =>
      end(await compareUnitsCommand(paths, flags)),
    )

  const releases = messlatte
    .command('compare-releases')
    .description(
      'compare two releases of one product: what changed, and whether the old one would take the new one',
    )
    .argument(
      '<old>',
      'file, directory or zip of the release that is out, or its saved result (check --json)',
    )
    .argument('<new>', 'the same of the release that follows it; with the update file, best of all')
    .option(
      '--profile <ID[,ID]>',
      'rules of markets beside the baseline: de-2027; or an edition alone: baseline-2020, baseline-v3',
      'de-2027',
    )
    .option('--as-of <DATE>', "calendar day in the market's zone (default: today)")
    .addOption(
      new Option('--fail-on <SCOPE>', 'what makes the exit code 1')
        .choices(['worse', 'never'])
        .default('worse'),
    )
  addProduct(releases)
    .option(
      '--trust <FILE|DIGEST>',
      'public key or certificate that you trust, or the SHA-256 of a key as fuses hold it, repeatable',
      collect,
      [],
    )
    .option('--guesses <N>', 'work to spend on passwords in each file, counted in tries of md5crypt', '20000')
    .option('--wordlist <FILE>', 'further passwords to try, one in a line, behind the ones that are built in')
    .option('--known-keys <FILE>', 'JSON: fingerprints of published keys, beside those that we know')
    .option('--json <FILE>', 'write the result as JSON (- for standard output)')
    .option('--html <FILE>', 'write the report as one HTML file (- for standard output)')
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .option('--quiet', 'no report on the terminal and no progress', false)
  addLimits(releases)
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing that was compared got worse, 1 something did, 2 could not be read or used wrongly.
Secrets are compared under a key of the run and never shown.

Examples:
  messlatte compare-releases fw-1.2.bin fw-1.3.bin
  messlatte compare-releases release-1.2/ release-1.3/ --html changes.html
  messlatte compare-releases fw-1.2.json fw-1.3.bin --json - | jq '.worse'
  messlatte compare-releases old/ new/ --lang de --fail-on never`,
    )
    .action(async (old: string, added: string, flags: CompareReleasesFlags) =>
      end(await compareReleasesCommand(old, added, flags)),
    )

  const index = messlatte
    .command('index')
    .description('keep keyed fingerprints of secrets on this machine, to find one secret in two products')
  const indexAdd = index
    .command('add')
    .description('read releases, and keep fingerprints of their secrets; never the secrets')
    .argument('<image...>', 'each a release of its own: a file, a directory, a zip')
    .option('--name <PRODUCT>', 'the product that they are of (default: the base name of each)')
    .option('--guesses <N>', 'work to spend on passwords in each file, counted in tries of md5crypt', '20000')
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .option('--quiet', 'no lines and no progress', false)
  addLimits(indexAdd)
    .addHelpText(
      'after',
      `
It lies in $XDG_DATA_HOME/messlatte (else ~/.local/share/messlatte), readable by you alone; nothing leaves this machine.

Examples:
  messlatte index add camera-1.bin --name 'Camera 1'
  messlatte index add rootfs-a/ rootfs-b/
  messlatte check camera-2.bin --index --model 'Camera 2'`,
    )
    .action(async (paths: readonly string[], flags: IndexAddFlags) =>
      end(await indexAddCommand(paths, flags)),
    )
  const indexList = index
    .command('list')
    .description('what is kept: products, days, files, counts')
    .option('--json', 'as JSON', false)
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .action((flags: IndexListFlags) => end(indexListCommand(flags)))
  const indexRemove = index
    .command('remove')
    .description('take a product out, or the releases with a file of this SHA-256')
    .argument('<PRODUCT|SHA256>')
    .action(async (what: string) => end(await indexRemoveCommand(what)))
  const indexForget = index
    .command('forget')
    .description('delete all fingerprints and their key')
    .option('--yes', 'really', false)
    .action(async (flags: { readonly yes?: boolean }) => end(await indexForgetCommand(flags)))

  const unpack = messlatte
    .command('unpack')
    .description('list or write what is inside; nothing is executed, no link is followed')
    .argument('<file...>', 'images, archives, directories')
    .option('--list', 'list it (the default)', false)
    .option('--map', 'show what lies where in each file', false)
    .option('-o, --output <DIR>', 'write the files to a new or empty folder')
    .option('--json', 'as JSON, with digests, owners, modes, links and attributes', false)
    .option('--quiet', 'no list and no progress', false)
  addLimits(unpack)
    .addHelpText(
      'after',
      `
Examples:
  messlatte unpack fw.bin
  messlatte unpack fw.bin --map
  messlatte unpack fw.bin --list --json | jq -r '.entries[] | [.sha256, .path] | @tsv'
  messlatte unpack fw.bin -o fw-unpacked`,
    )
    .action(async (paths: readonly string[], flags: UnpackFlags) => end(await unpackCommand(paths, flags)))

  const sources = messlatte
    .command('sources')
    .description('list what the rules rest on: status, when last looked at, what would change it')
    .option('--as-of <DATE>', 'calendar day on which age counts (default: today in Berlin)')
    .option('--json', 'as JSON, with texts in both languages', false)
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .action((flags: SourcesFlags) => end(sourcesCommand(flags)))

  const profile = messlatte.command('profile').description('profiles of markets and editions of the standard')
  const diff = profile
    .command('diff')
    .description('what differs between two of them, and whom it hits')
    .argument('<A>', 'a profile, a file with one, baseline-2020 or baseline-v3')
    .argument('<B>', 'what A is compared with: what changes for those who are assessed under B instead')
    .option('--json', 'as JSON, with texts in both languages', false)
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .action((a: string, b: string, flags: ProfileDiffFlags) => end(profileDiffCommand(a, b, flags)))

  const explained = messlatte
    .command('explain')
    .description(
      'what a provision, requirement, test case, profile, checklist, kind of evidence or check is about, with sources',
    )
    .argument('<SUBJECT>', '5.7-1, CCK-3, 5.7-1-2, de-2027, cra-article-19, account.password.weak …')
    .option('--profile <FILE>', 'a profile of your own that is looked into too, repeatable', collect, [])
    .option('--json', 'as JSON, with texts in both languages', false)
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .addHelpText(
      'after',
      `
Examples:
  messlatte explain 5.7-1
  messlatte explain AUM-5-1 --lang de
  messlatte explain 'I(2)(c)'
  messlatte explain account.password.weak
  messlatte explain cra-article-19`,
    )
    .action((subject: string, flags: ExplainFlags) => end(explainCommand(subject, flags)))

  const init = messlatte
    .command('init')
    .description('make a project folder: product, ICS and IXIT tables, documents, decisions, results')
    .argument('<DIR>', 'a new or empty folder, such as conformity/')
    .option('--profile <ID[,ID]>', 'rules that it will be assessed under', 'de-2027')
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .addHelpText(
      'after',
      `
Examples:
  messlatte init conformity
  messlatte init conformity --profile baseline-v3 --lang de`,
    )
    .action((folder: string, flags: InitFlags) => end(initCommand(folder, flags)))

  const assessing = messlatte
    .command('assess')
    .description('evaluate a project folder: evidence of stored results, claims, documents and decisions')
    .argument('<DIR>', 'what messlatte init made')
    .option('--profile <ID[,ID]>', 'other rules than those of project.json')
    .option('--as-of <DATE>', "calendar day in the market's zone (default: today)")
    .addOption(
      new Option('--fail-on <SCOPE>', 'what makes the exit code 1')
        .choices(['profile', 'baseline', 'open', 'never'])
        .default('profile'),
    )
    .option('--json <FILE>', 'write it as JSON, texts in both languages (- for standard output)')
    .option('--junit <FILE>', 'write the verdicts as JUnit XML, for CI servers')
    .option('--xlsx <FILE>', 'write verdicts, test plan and requirements as a workbook')
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .option('--quiet', 'no report on the terminal', false)
    .addHelpText(
      'after',
      `
Exit codes: as those of check.

Examples:
  messlatte check fw.bin --json conformity/results/1.2.0.json
  messlatte assess conformity
  messlatte assess conformity --as-of 2027-01-02 --json - | jq '.assessment.counts'`,
    )
    .action((folder: string, flags: AssessFlags) => end(assessCommand(folder, flags)))

  const decide = messlatte
    .command('decide')
    .description('record what an assessor decided, bound to the evidence that there is now')
    .argument('<DIR>', 'what messlatte init made')
    .argument('<PROVISION>', 'such as 5.4-1')
    .addOption(
      new Option('--verdict <VERDICT>').choices(['pass', 'fail', 'inconclusive']).makeOptionMandatory(),
    )
    .requiredOption('--by <NAME>', 'the person who decided')
    .requiredOption('--reason <TEXT>', 'why')
    .requiredOption('--until <DATE>', 'last day on which it holds')
    .option('--on <DATE>', 'the day of the decision (default: today)')
    .option('--rule <ID>', 'baseline or a profile of the project', 'baseline')
    .addHelpText(
      'after',
      `
A pass beside evidence to the contrary is contested, never green; with other evidence the decision lapses.

Examples:
  messlatte decide conformity 5.4-1 --verdict pass --by 'A. Example' --reason 'Report 12, test 3' --until 2027-11-30
  messlatte decide conformity 5.7-1 --rule de-2027 --verdict fail --by 'A. Example' --reason 'Flipped byte booted' --until 2027-06-30`,
    )
    .action((folder: string, provision: string, flags: DecideFlags) =>
      end(decideCommand(folder, provision, flags)),
    )

  const pack = messlatte
    .command('pack')
    .description('sign a stored result as an evidence pack, for whoever may not have the image')
    .argument('<RESULT>', 'what messlatte check --json wrote')
    .requiredOption('--key <FILE>', 'private key in PEM: Ed25519, or ECDSA over P-256, P-384, P-521')
    .requiredOption('-o, --output <FILE>', 'where the pack goes (- for standard output)')
    .addHelpText(
      'after',
      `
Examples:
  openssl genpkey -algorithm ed25519 -out sign.pem
  messlatte check fw.bin --json result.json
  messlatte pack result.json --key sign.pem -o fw.pack.json`,
    )
    .action((path: string, flags: PackFlags) => end(packCommand(path, flags)))

  const verifyPack = messlatte
    .command('verify-pack')
    .description('verify an evidence pack offline, and say who signed it as far as that is known')
    .argument('<PACK>', 'what messlatte pack wrote')
    .option('--trust <FILE>', 'public key or certificate that you trust, repeatable', collect, [])
    .option('-o, --output <FILE>', 'write the result that is in it (- for standard output)')
    .option('--json', 'as JSON', false)
    .addOption(new Option('--lang <LANGUAGE>', 'language of texts').choices(LANGUAGES).default('en'))
    .addHelpText(
      'after',
      `
Exit codes: 0 signed by a key that you trust, 1 whole but by a key that you do not, 2 no pack, or changed.

Examples:
  messlatte verify-pack fw.pack.json --trust maker.pub
  messlatte verify-pack fw.pack.json --trust maker.pub -o maker-result.json`,
    )
    .action((path: string, flags: VerifyPackFlags) => end(verifyPackCommand(path, flags)))

  for (const command of [
    messlatte,
    pack,
    verifyPack,
    init,
    assessing,
    decide,
    explained,
    check,
    units,
    releases,
    index,
    indexAdd,
    indexList,
    indexRemove,
    indexForget,
    unpack,
    sources,
    profile,
    diff,
  ])
    command.exitOverride()
  return messlatte
}

/** What a person reads when it could not be done. */
function explain(error: unknown): string | undefined {
  if (error instanceof CommanderError) return undefined
  if (error instanceof CliError || error instanceof SandboxError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<number> {
  let code = 0
  try {
    await program((given) => {
      code = given
    }).parseAsync()
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const message = explain(error)
    if (message !== undefined) process.stderr.write(`messlatte: ${message}\n`)
    return 2
  }
}

// A reader that goes away (`| head`) is no failure of ours.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await main()
