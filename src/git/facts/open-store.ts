import { join } from 'node:path'
import type { ObjectFacts } from '../../core/facts.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import { openProbeStore, type ProbeStore } from '../probe-store.ts'
import type { Repository } from '../repository.ts'
import { type FactFile, openFactFile } from './fact-file.ts'
import { openFacts } from './object-facts.ts'
import { viewOf } from './view.ts'

/** The facts of a repository as of one snapshot, with what they are kept in. */
export interface FactStore {
  readonly facts: ObjectFacts
  readonly memory: FactFile
  readonly probes: ProbeStore
  /** Keeps what was learnt and removes what probes wrote. */
  readonly close: () => void
}

/** Opens the facts that are remembered under `<common>/wt/cache/`. */
export const openFactStore = ({ git, layout, settings }: Repository, refs: RefSnapshot): FactStore => {
  const view = viewOf(layout, settings, refs)
  const memory = openFactFile(join(layout.commonDir, 'wt', 'cache', 'facts'), view.key)
  const probes = openProbeStore(layout.commonDir)
  return {
    facts: openFacts({ git, layout, version: settings.version, view, memory, probes }),
    memory,
    probes,
    close: () => {
      memory.save()
      probes.close()
    },
  }
}
