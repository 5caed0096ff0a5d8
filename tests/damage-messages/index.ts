import { API } from 'typescript/unstable/sync'
import { Follower, type Said } from './follower.ts'
import { READERS, Sources } from './sources.ts'

export type { Said } from './follower.ts'

/** Every sentence that can become the message of a damage, as the compiler sees the readers. */
export function damageMessages(root: string): readonly Said[] {
  const api = new API({ cwd: root })
  try {
    const config = `${root}/tsconfig.json`
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config)
    if (!project) throw new Error(`${config} is no project`)
    const { program, checker } = project
    const readers = program.getSourceFileNames().filter((name) => READERS.test(name))
    const files = readers.flatMap((name) => program.getSourceFile(name) ?? [])
    return new Follower(checker, new Sources(checker, files), root).follow()
  } finally {
    api.close()
  }
}
