package io.github.nanohooke.lammps;
import io.github.nanohooke.statics.*;
import io.github.nanohooke.structure.*;
public class Bench {
  static Atoms fig4(int pores,int nz){ // pores per edge 1,2,4
    double a=4.05;int n=20;int w=pores==0?0:4/pores;int p=pores==0?n:n/pores;
    java.util.List<double[]> l=new java.util.ArrayList<>();
    double[][] b={{0,0,0},{.5,.5,0},{.5,0,.5},{0,.5,.5}};
    for(int i=0;i<n;i++)for(int j=0;j<n;j++){int u=i%p,v=j%p;int lo=(p-w)/2;boolean hole=pores>0&&u>=lo&&u<lo+w&&v>=lo&&v<lo+w;if(hole)continue;
      for(int k=0;k<nz;k++)for(double[] q:b)l.add(new double[]{(i+q[0])*a,(j+q[1])*a,(k+q[2])*a});}
    double[] x=new double[3*l.size()];for(int i=0;i<l.size();i++)for(int c=0;c<3;c++)x[3*i+c]=l.get(i)[c];
    return Atoms.of("Al",Box.orthogonal(n*a,n*a,nz*a),x);
  }
  static Atoms random(long seed,int nz){
    java.util.Random r=new java.util.Random(seed);double a=4.05,L=81;double target=r.nextDouble()*.65+.05;
    java.util.List<double[]> pores=new java.util.ArrayList<>();Atoms full=fig4(0,nz);double[] X=full.positions();boolean[] gone=new boolean[X.length/3];int n=0;
    while(n<target*gone.length){
      boolean circ=r.nextBoolean();double w,h;if(circ){w=h=2*(3+12*r.nextDouble());}else{w=5+25*r.nextDouble();h=5+25*r.nextDouble();}
      double x0=4+(L-8-w)*r.nextDouble(),y0=4+(L-8-h)*r.nextDouble();
      for(int i=0;i<gone.length;i++){if(gone[i])continue;double x=X[3*i],y=X[3*i+1];boolean in=circ?Math.hypot(x-x0-w/2,y-y0-h/2)<=w/2+1e-6:x>=x0-1e-6&&x<=x0+w+1e-6&&y>=y0-1e-6&&y<=y0+h+1e-6;if(in){gone[i]=true;n++;}}
    }
    double[] k=new double[3*(gone.length-n)];int m=0;for(int i=0;i<gone.length;i++)if(!gone[i]){for(int c=0;c<3;c++)k[m++]=X[3*i+c];}
    return Atoms.of("Al",full.box(),k);
  }
  public static void main(String[] s){
    StaticsOptions o=StaticsOptions.defaults();
    int nz=Integer.getInteger("nz",1);
    if(System.getProperty("f")!=null)o=o.withForceTolerance(Double.parseDouble(System.getProperty("f")));
    if(System.getProperty("e")!=null)o=o.withStrain(Double.parseDouble(System.getProperty("e")));
    if(System.getProperty("m")!=null)o=o.withMinimiser(StaticsOptions.Minimiser.valueOf(System.getProperty("m")));
    for(String k:s){
      try(ElasticCalculator c=ElasticCalculators.open("lammps")){
        long t=System.nanoTime();
        StaticsResult r=c.calculate(k.startsWith("r")?random(Long.parseLong(k.substring(1)),nz):fig4(Integer.parseInt(k),nz),o,(g,f,d)->{if(Boolean.getBoolean("v")&&!d.isEmpty())System.out.printf("%.2f %s %.2f %s%n",1e-9*(System.nanoTime()-t),g,f,d);return true;});
        System.out.println(k+" "+r.outcome()+" "+r.explanation()+" N="+r.relaxed().count());
        ElasticTensor C=r.tensor();if(C==null)continue;
        System.out.printf("evals %d s %.2f sym %.5f stress %.2e f %.2e E %.6f lx %.4f C11 %.4f C22 %.4f C33 %.4f C12 %.4f C13 %.4f C23 %.4f C44 %.4f C55 %.4f C66 %.4f K %.4f%n",r.evaluations(),r.seconds(),r.symmetryResidual(),r.residualStress(),r.maxForce(),r.energy(),r.relaxed().box().lx(),C.get(0,0),C.get(1,1),C.get(2,2),C.get(0,1),C.get(0,2),C.get(1,2),C.get(3,3),C.get(4,4),C.get(5,5),(C.get(0,0)+C.get(1,1)+C.get(2,2)+2*(C.get(0,1)+C.get(0,2)+C.get(1,2)))/9);
      }
    }
  }
}
