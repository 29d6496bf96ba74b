package org.rewlang.automata;
import static org.rewlang.automata.Formula.*;
class Try { public static void main(String[] a){
 Formula p=atom(0), q=atom(1);
 Formula[] fs={p, TRUE, next(p), next(next(p)), LAST, next(TRUE), eventually(LAST), eventually(and(p,LAST)), eventually(p), always(p), eventually(always(p)), until(p,q),
  and(eventually(p),eventually(q)), always(implies(p,eventually(q))), always(implies(p,next(q))), iff(p,q)};
 for (Formula f:fs) System.out.println(f+" "+Dfa.of(f,Limits.USUAL).orNull().size());
 Formula y=new Unary(Operator.YESTERDAY,p);
 System.out.println(Dfa.ofCurrent(y,Limits.USUAL).orNull().size()+" "+Dfa.ofCurrent(new Unary(Operator.YESTERDAY,y),Limits.USUAL).orNull().size());
 for (int r=0;r<6;r++) for (int n=4;n<=12;n+=4) {
  Formula f=eventually(atom(0)), ul=atom(0), ur=atom(n-1), resp=TRUE;
  for(int i=1;i<n;i++){ f=and(f,eventually(atom(i))); ul=until(ul,atom(i)); ur=until(atom(n-1-i),ur);} 
  for(int i=0;i<n;i++) resp=and(resp,always(implies(atom(2*i),eventually(atom(2*i+1)))));
  Formula[] g={f,ul,ur,resp}; String[] name={"and-f","u-left","u-right","resp"};
  for(int k=0;k<4;k++){ long t=System.nanoTime(); Object o=Dfa.of(g[k],new Limits(10000,20000000,java.time.Duration.ofSeconds(20))); long e=System.nanoTime()-t;
   System.out.println(name[k]+" "+n+" "+(o instanceof Limits.Made<?> m? ((Dfa)m.value()).size()+"":o.toString())+" "+e/1000+"us"); } }
}}
