using CsCheck;
using LuceneLsr.Storage.Packing;

namespace LuceneLsr.Tests.Storage.Packing;

public class PrefixSumsTests
{
    [Fact]
    public void Compute_equals_scalar_loop() => Gen.Select(Gen.Int[0, 1_000_000].Array[0, 150], Gen.Int[0, 1_000]).Sample(
        (numbers, start) =>
        {
            var sums = numbers.ToArray();
            var last = PrefixSums.Compute(sums, start);
            Assert.Equal(numbers.Select((_, index) => start + numbers[..(index + 1)].Sum()), sums);
            Assert.Equal(start + numbers.Sum(), last);
        });
}
