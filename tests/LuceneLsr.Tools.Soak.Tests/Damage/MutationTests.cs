using CsCheck;
using LuceneLsr.Tools.Soak.Damage;

namespace LuceneLsr.Tools.Soak.Tests.Damage;

public class MutationTests
{
    [Fact]
    public void Mutation_of_any_file_depends_on_the_seed_alone_and_keeps_the_original() =>
        Gen.Select(Gen.Byte.Array[1, 300], Gen.Bool, Gen.Int).Sample((bytes, isText, seed) =>
        {
            byte[] original = [.. bytes];
            var damaged = Mutate(bytes, isText, seed);
            Assert.Equal(original, bytes);
            Assert.Equal(damaged, Mutate(bytes, isText, seed));
        });

    /// <summary>Some mutations change nothing, such as a byte that is replaced by an equal one.</summary>
    [Fact]
    public void Mutations_of_a_text_almost_always_change_it()
    {
        byte[] text = [.. "{\"max_tokens\": 64}"u8];
        Assert.InRange(Enumerable.Range(0, 200).Count(seed => !Mutate(text, true, seed).SequenceEqual(text)), 190, 200);
    }

    private static byte[] Mutate(byte[] bytes, bool isText, int seed)
    {
        var random = new Random(seed);
        return Mutation.Choose(random, isText).Apply(bytes, random);
    }
}
