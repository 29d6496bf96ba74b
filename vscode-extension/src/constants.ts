/** Names that package.json and the code share; a test compares the two. */
export const LANGUAGE = "rew";
export const NAME = "Rew";

export const SETTING_PATH = "rew.path";

export const COMMAND_RESTART = "rew.restartServer";
export const COMMAND_OUTPUT = "rew.showOutput";
export const COMMAND_VERSIONS = "rew.showVersions";

export const SERVER_ARGUMENTS = ["lsp"];

/** A fresh checkout builds itself when `rew` first runs, which takes minutes. */
export const VERSION_TIMEOUT_MS = 10 * 60 * 1000;
