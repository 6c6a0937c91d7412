using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;

namespace LuceneLsr.Training.Teachers;

/// <summary>A text of a run.</summary>
/// <param name="Batch">The number of the first batch that has the text, counted from 1.</param>
/// <param name="Text">The text.</param>
/// <param name="Side">Its side.</param>
/// <param name="Key">Its key.</param>
internal sealed record RunText(long Batch, string Text, TextSide Side, UInt128 Key)
{
    /// <summary>Streams the distinct texts of a run in the order of its batches, drawn as the run draws them.</summary>
    /// <param name="recipe">The run's recipe.</param>
    /// <param name="dataDirectory">The directory that the paths of the recipe's sources are relative to.</param>
    /// <exception cref="InvalidDataException">A source is malformed or has too few pairs.</exception>
    public static IEnumerable<RunText> ReadDistinct(ContrastiveRecipe recipe, string dataDirectory)
    {
        using var sampler = new BatchSampler(recipe, dataDirectory);
        var seen = new HashSet<UInt128>();
        for (var number = 1L; number <= recipe.Batches; number++)
        {
            var batch = sampler.Next();
            var texts = batch.Queries.Select(text => Create(text, TextSide.Query))
                .Concat(batch.Documents.Select(text => Create(text, TextSide.Document)));
            foreach (var text in texts.Where(text => seen.Add(text.Key)))
            {
                yield return text;
            }

            RunText Create(string text, TextSide side) => new(number, text, side, TextKey.Compute(text, side));
        }
    }
}
