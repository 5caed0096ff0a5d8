import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** Where the index lies: the folder for data of programs that the XDG Base Directory Specification names; on Windows, that of its own. */
export function indexFolder(env: NodeJS.ProcessEnv = process.env): string {
  const { XDG_DATA_HOME: stated, LOCALAPPDATA: windows } = env
  // A relative one is to be passed over, says the specification.
  if (stated && isAbsolute(stated)) return join(stated, 'messlatte')
  if (process.platform === 'win32' && windows) return join(windows, 'messlatte')
  return join(homedir(), '.local', 'share', 'messlatte')
}
