export const usage = `Looks after the embedded store of a Keelson server.

Usage:
  keelson storage verify  [--data-dir DIR] [FILE]            reads all of a store, or of a backup, and says what it holds
  keelson storage backup  [--data-dir DIR] FILE              writes all that is live at the newest revision into one file
  keelson storage restore [--data-dir DIR] FILE              makes the store of an empty folder from a backup
  keelson storage compact [--data-dir DIR]                   gives up all history, and the space that it takes

Flags:
      --data-dir string     the server's data folder (default ./data)
      --bump-revision int   restore: adds this to the revision, so that it is beyond what clients have seen that outlive
                            the restore (their watches then end with 410 Expired, and they list again)

verify and backup may be used while a server runs: they read the folder, take no lock, and see it at one revision.
restore and compact take the folder's lock, and refuse while a server has it.

Exit status: 0 done, 1 refused or damaged (the message names the file and the place), 2 wrong usage.
`;
