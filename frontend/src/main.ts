import { autosave } from "./autosave";
import { mountIslands } from "./islands/mount";

mountIslands(document);
autosave(document);
