using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Core.Foundation;

/// <summary>
/// Makes of <see cref="Search.Begins"/> what an index serves: LIKE on SQL Server; on SQLite, whose LIKE overlooks case and therefore reads
/// all rows, everything from the word to the last that begins with it.
/// </summary>
internal sealed class Prefixes(bool byRange) : IQueryExpressionInterceptor
{
    public static readonly Prefixes ByRange = new(byRange: true);
    public static readonly Prefixes ByLike = new(byRange: false);

    // No kept word has it: see Search.IsNothing.
    private const string Last = "\U0010FFFF";

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData) => new Rewriting(byRange).Visit(queryExpression);

    private sealed class Rewriting(bool byRange) : ExpressionVisitor
    {
        private static readonly MethodInfo Joined = typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])!;

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType != typeof(Search) || node.Method.Name != nameof(Search.Begins))
                return base.VisitMethodCall(node);
            var (kept, with) = (Visit(node.Arguments[0]), Visit(node.Arguments[1]));
            if (!byRange)
                return Expression.Call(kept, nameof(string.StartsWith), null, with);
            var end = Expression.Add(with, Expression.Constant(Last), Joined);
            return Expression.AndAlso(Expression.GreaterThanOrEqual(Compared(kept, with), Expression.Constant(0)), Expression.LessThan(Compared(kept, end), Expression.Constant(0)));
        }

        private static MethodCallExpression Compared(Expression kept, Expression with) => Expression.Call(typeof(string), nameof(string.Compare), null, kept, with);
    }
}
