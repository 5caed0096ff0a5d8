import { readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import {
  type ClaimOrigins,
  type ClaimPart,
  type ClaimProblem,
  MOST_MARKDOWN,
  mergeParts,
  readClaimsJson,
  readClaimsMarkdown,
  readClaimsWorkbook,
} from '@messlatte/exchange'
import type { ClaimSet, Edition } from '@messlatte/model'
import { CliError, noSuchPath } from '../errors.ts'
import { readTextFile } from '../text-file.ts'
import { readWorkbookInSandbox } from './sandboxed-workbook.ts'

const MOST_JSON = 64 * 1024 * 1024
const MOST_FILES = 1000
const MOST_DEPTH = 8
const READ = ['.xlsx', '.md', '.json']

/** What files of a supplier claim together. */
export interface ClaimsRead {
  /** Null where there are problems. */
  readonly claims: ClaimSet | null
  readonly problems: readonly ClaimProblem[]
  readonly origins: ClaimOrigins
  /** Files that hold claims. */
  readonly files: readonly string[]
  /** Files that hold none that we know. */
  readonly others: readonly string[]
}

/**
 * Reads claims from workbooks (in a sandbox), Markdown and JSON; of folders every such file in them.
 * @param edition where it is known from elsewhere
 * @param usual the one that counts where nothing tells any
 * @throws CliError for what cannot be opened, and where no file holds claims
 */
export function readClaims(
  paths: readonly string[],
  edition: Edition | null,
  usual: Edition | null = null,
): ClaimsRead {
  const files = paths.flatMap((path) => filesOf(path, 0))
  if (files.length > MOST_FILES)
    throw new CliError('bad-file', {
      en: `more than ${MOST_FILES} files; name those with claims`,
      de: `mehr als ${MOST_FILES} Dateien; die mit Angaben nennen`,
    })
  const parts: ClaimPart[] = []
  const others: string[] = []
  for (const file of files) {
    const part = readPart(file, edition)
    if (part) parts.push(part)
    else others.push(file)
  }
  if (parts.length === 0)
    throw new CliError('bad-file', {
      en: `${paths.join(', ')}: holds no claims: neither the laboratories' workbook (.xlsx) nor Markdown that begins with "# IXIT 20-SecBoot", "# ICS" or "# Test group 5.7-1"`,
      de: `${paths.join(', ')}: enthält keine Angaben: weder die Arbeitsmappe der Labore (.xlsx) noch Markdown, das mit „# IXIT 20-SecBoot“, „# ICS“ oder „# Test group 5.7-1“ beginnt`,
    })
  return { ...mergeParts(parts, edition, usual), files: parts.map(({ file }) => file), others }
}

function filesOf(path: string, depth: number): readonly string[] {
  let isFolder: boolean
  try {
    isFolder = statSync(path).isDirectory()
  } catch (cause) {
    throw new CliError('not-found', noSuchPath(path), cause)
  }
  if (!isFolder) return [path]
  if (depth >= MOST_DEPTH)
    throw new CliError('bad-file', { en: `${path}: lies too deep`, de: `${path}: liegt zu tief` })
  return readdirSync(path, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() || (entry.isFile() && READ.includes(extname(entry.name).toLowerCase())),
    )
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => filesOf(join(path, name), depth + 1))
}

function readPart(file: string, edition: Edition | null): ClaimPart | undefined {
  switch (extname(file).toLowerCase()) {
    case '.xlsx':
      return readClaimsWorkbook(file, readWorkbookInSandbox(file), edition)
    case '.md':
      return readClaimsMarkdown(file, readTextFile(file, MOST_MARKDOWN))
    case '.json':
      return readClaimsJson(file, readTextFile(file, MOST_JSON))
    default:
      throw new CliError('bad-file', {
        en: `${file}: claims are read from .xlsx, .md and .json`,
        de: `${file}: Angaben werden aus .xlsx, .md und .json gelesen`,
      })
  }
}
