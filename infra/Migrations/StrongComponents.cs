namespace Infra.Migrations;

/// <summary>
/// The strongly connected components of a directed graph, by Tarjan's algorithm (SIAM Journal on Computing 1, 1972): groups in which every
/// node leads to every other.
/// </summary>
internal static class StrongComponents
{
    /// <summary>
    /// The components: each stands after all that it leads to, and its members stand in the order of the nodes. The same graph gives the
    /// same list.
    /// </summary>
    /// <param name="nodes">The nodes, each once.</param>
    /// <param name="successors">What a node leads to; what is no node is passed over.</param>
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> nodes, Func<T, IEnumerable<T>> successors)
        where T : class
    {
        var order = nodes.Index().ToDictionary(node => node.Item, node => node.Index);
        var (found, lowest, isOpen) = (new int[nodes.Count], new int[nodes.Count], new bool[nodes.Count]);
        var open = new Stack<int>();
        var components = new List<IReadOnlyList<T>>();
        var count = 0;
        for (var root = 0; root < nodes.Count; root++)
        {
            if (found[root] == 0) Visit(root);
        }

        return components;

        // Without recursion: a chain of services may be longer than a stack is deep.
        void Visit(int root)
        {
            var path = new Stack<(int Node, IEnumerator<int> Next)>();
            Enter(root);
            while (path.TryPeek(out var top))
            {
                if (top.Next.MoveNext())
                {
                    var next = top.Next.Current;
                    if (found[next] == 0) Enter(next);
                    else if (isOpen[next]) lowest[top.Node] = Math.Min(lowest[top.Node], found[next]);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out var before)) lowest[before.Node] = Math.Min(lowest[before.Node], lowest[top.Node]);
                if (lowest[top.Node] == found[top.Node]) Close(top.Node);
            }

            void Enter(int node)
            {
                found[node] = lowest[node] = ++count;
                isOpen[node] = true;
                open.Push(node);
                path.Push((node, successors(nodes[node]).Where(order.ContainsKey).Select(next => order[next]).GetEnumerator()));
            }
        }

        void Close(int root)
        {
            var members = new List<int>();
            int node;
            do
            {
                node = open.Pop();
                isOpen[node] = false;
                members.Add(node);
            }
            while (node != root);
            components.Add([.. members.Order().Select(member => nodes[member])]);
        }
    }
}
