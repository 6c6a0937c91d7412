using System.Globalization;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace LuceneLsr.Tools.Catalog.Products;

/// <summary>The fields of a product in the index.</summary>
internal static class ProductFields
{
    public const string Id = "id";
    public const string Title = "title";
    public const string Body = "body";
    public const string Price = "price";
    public const string Added = "added";
    public const string Category = "category";

    private const string DateFormat = "yyyyMMdd"; // sorts as the dates do

    public static Document ToDocument(Product product) =>
    [
        new StringField(Id, product.Id, Field.Store.YES),
        new TextField(Title, product.Title, Field.Store.YES),
        new TextField(Body, $"{product.Title}. {product.Body}", Field.Store.YES),
        new DoubleField(Price, (double)product.Price, Field.Store.YES),
        new StringField(Added, product.Added.ToString(DateFormat, CultureInfo.InvariantCulture), Field.Store.YES),
        new StringField(Category, product.Category, Field.Store.YES),
    ];

    public static Term IdTerm(string id) => new(Id, id);

    public static Filter OfCategory(string category) =>
        new QueryWrapperFilter(new TermQuery(new Term(Category, category)));

    public static Filter UpToPrice(decimal price) => NumericRangeFilter.NewDoubleRange(
        Price, min: null, (double)price, minInclusive: true, maxInclusive: true);
}
