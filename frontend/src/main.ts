import { mountIslands } from "./islands/mount";

mountIslands(document);
