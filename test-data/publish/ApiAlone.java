// SPDX-License-Identifier: Apache-2.0
import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.util.List;

/** A program that depends on the API and nothing else. */
public final class ApiAlone {
    private ApiAlone() {
    }

    public static void main(String[] args) {
        var structure = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1),
                List.of(new Circle(40, 40, 14)));
        StructureImage image = StructureImage.of(structure.atoms(), 256);
        System.out.printf("%d atoms, porosity of the image %.3f%n", structure.atoms().count(), image.porosity());
        told("statics", () -> ElasticCalculators.open("hessian"));
        told("network", () -> ElasticSurrogate.loadDefault(SurrogateOptions.defaults()));
    }

    private static void told(String what, Runnable call) {
        try {
            call.run();
            throw new AssertionError(what + " works without what it needs");
        } catch (NanohookeException e) {
            System.out.println(what + ": " + e.getClass().getSimpleName() + ", " + e.fault() + ": " + e.getMessage());
        }
    }
}
