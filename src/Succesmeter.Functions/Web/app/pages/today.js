import { element } from "../dom.js";
export async function show(root, { words }) { root.append(element("h1", { text: words("page.today") })); return () => {}; }
