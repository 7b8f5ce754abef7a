// SPDX-License-Identifier: Apache-2.0
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import java.util.List;

/** A prediction by the backend of a platform that has no natives of ours. */
public final class OpenBlas {
    private OpenBlas() {
    }

    public static void main(String[] args) {
        var structure = new PorousStructure(Lattice.aluminium(), new Cells(20, 20, 1),
                List.of(new Circle(40, 40, 14)));
        try (var network = ElasticSurrogate.loadDefault(SurrogateOptions.defaults().withBackend("openblas"))) {
            var image = StructureImage.of(structure.atoms(), network.resolution());
            System.out.printf("C11 = %.2f GPa by %s%n", network.predict(image).get(0, 0), network.backend());
        }
    }
}
