import "katex/dist/katex.min.css";
import "./style/page.css";
import "./style/form.css";
import "./style/chart.css";
import program from "virtual:worker-program";
import { openPage } from "./page/page";

const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
void openPage(url);
