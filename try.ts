import { solveTeacherStudentOde } from "./src/ode/teacher-student";
import { createDrift } from "./src/models/teacher-student/drift";
import { createLayout } from "./src/models/teacher-student/layout";
import { createSchedule } from "./src/schedule";
import { erfPair } from "./test/models/teacher-student/helpers";
import { orderOfVectors, randomVectors } from "./src/models/teacher-student/start";
import { createStreams } from "./src/numerics/streams";
for (const K of [2,5,20]) {
 const net={...erfPair,studentWidth:K,teacherWidth:K};
 const st=createStreams(20261122);
 const start=orderOfVectors(net,500,randomVectors(net,500,st,0));
 const d=createDrift(net,start,1); const y=createLayout(net).pack(start); const out=new Float64Array(y.length);
 d(.1,y,out); let t0=performance.now(); const R=K==20?20:1000; for(let i=0;i<R;i++)d(.1,y,out); console.log(K,"drift ms",(performance.now()-t0)/R);
 if (K==20 && !process.argv[2]) continue;
 for (const rate of [.1]) { t0=performance.now();
 let evals=0;
 const p=await solveTeacherStudentOde(net,start,createSchedule(rate),{until:1000});
 const times=[1,10,30,100,200,300,500,1000]; const s=p.sample(times);
 console.log(K,rate,(performance.now()-t0)/1000,"s nodes",p.nodes.length,p.specialisation, [...s.series.generalisationError].map(x=>x.toPrecision(3)).join(" "), Math.max(...s.error!.generalisationError)); }
}
