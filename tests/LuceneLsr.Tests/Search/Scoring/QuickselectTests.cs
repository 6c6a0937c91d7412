using CsCheck;
using LuceneLsr.Search.Scoring;

namespace LuceneLsr.Tests.Search.Scoring;

public class QuickselectTests
{
    [Fact]
    public void MoveLargestToFront_places_smallest_selected_value_last() => Gen
        .OneOf(Gen.Long.Array[1, 200], Gen.Long[0, 20].Array[1, 200])
        .SelectMany(values => Gen.Int[1, values.Length].Select(count => (values, count)))
        .Sample((values, count) =>
        {
            var selected = values.ToArray();
            Quickselect.MoveLargestToFront(selected, count);
            var sorted = values.OrderDescending().ToArray();
            Assert.Equal(sorted[..count], selected[..count].OrderDescending());
            Assert.Equal(sorted[count - 1], selected[count - 1]);
            Assert.Equal(sorted, selected.OrderDescending());
        });
}
